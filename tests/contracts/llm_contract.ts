import assert from "node:assert/strict";
import { EngineError, type EngineFault } from "../../lib/contracts/engine_error.ts";
import type { Llm, LlmEvent, LlmRequest, Message, ToolSpec } from "../../lib/contracts/llm.ts";

/** A caller's words and what must be found in the reply to them. */
export interface KnownTurn {
  text: string;
  reply: RegExp;
}

/** A language model under test, and what may be expected of it. */
export interface LlmUnderTest {
  llm: Llm;
  /** Two turns that are answered in words, and differently. */
  turns: [KnownTurn, KnownTurn];
  /** A turn that is answered with a call of `tool`, and what is said after its outcome. */
  toolTurn: {
    text: string;
    tool: ToolSpec;
    args: Record<string, unknown>;
    outcome: { data: Record<string, unknown>; say: string };
    reply: RegExp;
  };
  /** Set when text must come in several pieces. */
  streams: boolean;
  /** Replies the provider still works on; must fall to 0 after each check. */
  busy?(): number | Promise<number>;
  /** Models of a provider that fails in a known way. */
  failing?: { name: string; llm: Llm; fault: EngineFault }[];
  close(): void | Promise<void>;
}

/** The longest that a provider may take to notice an abort, in wall time. */
const ABORT_WITHIN_MS = 1000;
const FREE_WITHIN_MS = 2000;

/** Registers one test that runs every check of the {@linkcode Llm} contract as a step. */
export function testLlmContract(name: string, open: () => Promise<LlmUnderTest>): void {
  Deno.test(`${name} keeps the language model contract`, async (t) => {
    const subject = await open();
    const check = (what: string, run: (subject: LlmUnderTest) => Promise<void>) =>
      t.step({
        name: what,
        fn: async () => {
          await run(subject);
          await becomesIdle(subject);
        },
        sanitizeOps: false, // the provider outlives the step; the whole test is sanitised
        sanitizeResources: false,
      });
    try {
      for (const [what, run] of checks) await check(what, run);
      for (const { name, llm, fault } of subject.failing ?? []) {
        await check(`${name} throws an EngineError with fault ${fault}`, async ({ turns }) => {
          await assert.rejects(
            collect(llm(requestOf([said(turns[0].text)]), never())),
            (error) => error instanceof EngineError && error.fault === fault,
          );
        });
      }
    } finally {
      await subject.close();
    }
  });
}

const checks: [string, (subject: LlmUnderTest) => Promise<void>][] = [
  ["text comes in pieces, then exactly one end", async ({ llm, turns, streams }) => {
    for (const { text, reply } of turns) {
      const events = await collect(llm(requestOf([said(text)]), never()));
      assert.match(textOf(events), reply);
      assert.equal(endOf(events).reason, "stop");
      if (streams) assert.ok(events.length > 2, "the text must come in several pieces");
    }
  }],
  ["a tool is called with an id and checked arguments", async ({ llm, toolTurn }) => {
    const events = await collect(
      llm(requestOf([said(toolTurn.text)], [toolTurn.tool]), never()),
    );
    const [call, ...more] = callsOf(events);
    assert.deepEqual(more, []);
    assert.ok(call, "a tool must be called");
    assert.ok(call.id.length > 0, "a tool call must have an id");
    assert.equal(call.name, toolTurn.tool.name);
    assert.deepEqual(call.args, toolTurn.args);
    assert.equal(endOf(events).reason, "tool_calls");
  }],
  ["two tool calls of one call have different ids", async ({ llm, toolTurn }) => {
    const request = requestOf([said(toolTurn.text)], [toolTurn.tool]);
    const first = callsOf(await collect(llm(request, never())))[0];
    const second = callsOf(await collect(llm(request, never())))[0];
    assert.notEqual(first.id, second.id);
  }],
  ["what a tool found is told", async ({ llm, toolTurn }) => {
    const messages: Message[] = [said(toolTurn.text)];
    const asked = await collect(llm(requestOf(messages, [toolTurn.tool]), never()));
    const { id, name, args } = callsOf(asked)[0];
    messages.push(
      {
        role: "agent",
        text: textOf(asked),
        toolCalls: [{ id, name, args }],
        echo: endOf(asked).echo,
      },
      { role: "tools", results: [{ id, name, ok: true, ...toolTurn.outcome }] },
    );
    const events = await collect(llm(requestOf(messages, [toolTurn.tool]), never()));
    assert.match(textOf(events), toolTurn.reply);
    assert.equal(endOf(events).reason, "stop");
  }],
  ["without tools none is called", async ({ llm, toolTurn }) => {
    const events = await collect(llm(requestOf([said(toolTurn.text)]), never()));
    assert.deepEqual(callsOf(events), []);
    assert.equal(endOf(events).reason, "stop");
  }],
  ["the last message is what is answered", async ({ llm, turns: [first, second] }) => {
    const messages: Message[] = [
      said(first.text),
      { role: "agent", text: "All right." },
      said(second.text),
    ];
    assert.match(textOf(await collect(llm(requestOf(messages), never()))), second.reply);
    assert.deepEqual(messages.map(({ role }) => role), ["caller", "agent", "caller"]);
  }],
  [
    "another provider's echo in the history does no harm",
    async ({ llm, turns: [first, second] }) => {
      const messages: Message[] = [
        said(first.text),
        { role: "agent", text: "All right.", echo: { provider: "another", content: { odd: [1] } } },
        said(second.text),
      ];
      assert.match(textOf(await collect(llm(requestOf(messages), never()))), second.reply);
    },
  ],
  ["two at once do not mix", async ({ llm, turns }) => {
    const replies = await Promise.all(
      turns.map(({ text }) => collect(llm(requestOf([said(text)]), never()))),
    );
    replies.forEach((events, i) => {
      assert.match(textOf(events), turns[i].reply);
      assert.doesNotMatch(textOf(events), turns[1 - i].reply);
    });
  }],
  ["an abort before the start throws its reason", async ({ llm, turns: [{ text }] }) => {
    const reason = new Error("aborted before the start");
    const events: LlmEvent[] = [];
    await assert.rejects(
      async () => {
        const signal = AbortSignal.abort(reason);
        for await (const event of llm(requestOf([said(text)]), signal)) events.push(event);
      },
      (error) => error === reason,
    );
    assert.deepEqual(events, []);
  }],
  ["an abort in the middle throws its reason at once", async ({ llm, turns: [{ text }] }) => {
    const controller = new AbortController();
    const reason = new Error("aborted in the middle");
    let abortedAtMs = 0;
    await assert.rejects(
      async () => {
        for await (const _ of llm(requestOf([said(text)]), controller.signal)) {
          if (abortedAtMs) assert.fail("nothing may follow the abort");
          abortedAtMs = performance.now();
          controller.abort(reason);
        }
      },
      (error) => error === reason,
    );
    const tookMs = performance.now() - abortedAtMs;
    assert.ok(tookMs < ABORT_WITHIN_MS, `the abort took ${tookMs} ms`);
  }],
  ["a reader may stop in the middle", async ({ llm, turns: [{ text }] }) => {
    const controller = new AbortController();
    for await (const event of llm(requestOf([said(text)]), controller.signal)) {
      assert.equal(event.type, "text");
      break;
    }
    controller.abort();
  }],
];

async function becomesIdle({ busy }: LlmUnderTest): Promise<void> {
  if (!busy) return;
  const untilMs = performance.now() + FREE_WITHIN_MS;
  while (await busy() > 0) {
    assert.ok(performance.now() < untilMs, "the provider must let go of its work");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function requestOf(messages: Message[], tools: ToolSpec[] = []): LlmRequest {
  return {
    system: "You are a support agent.",
    messages: structuredClone(messages),
    tools,
    language: "en",
    maxOutputTokens: 300,
  };
}

const said = (text: string): Message => ({ role: "caller", text });
const never = () => new AbortController().signal;

async function collect(events: AsyncIterable<LlmEvent>): Promise<LlmEvent[]> {
  const all: LlmEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function textOf(events: LlmEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.text : "")).join("");
}

function callsOf(events: LlmEvent[]) {
  return events.flatMap((event) => (event.type === "tool_call" ? [event.call] : []));
}

/** The only end, which must be the last event. */
function endOf(events: LlmEvent[]) {
  const ends = events.filter((event) => event.type === "end");
  assert.equal(ends.length, 1);
  assert.equal(ends[0], events.at(-1));
  return ends[0];
}
