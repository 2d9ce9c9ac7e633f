import assert from "node:assert/strict";
import type { Llm, LlmEvent, LlmRequest } from "../lib/contracts/llm.ts";
import { veiled } from "../lib/privacy/veil.ts";

const never = new AbortController().signal;

function request(...texts: string[]): LlmRequest {
  return {
    system: "You are Amani.",
    messages: texts.map((text) => ({ role: "caller", text })),
    tools: [],
    language: "en",
    maxOutputTokens: 100,
  };
}

/** What a model saw, and what came of the arguments that it gave. */
async function ask(
  asked: LlmRequest,
  args: Record<string, unknown> = {},
  rules?: Parameters<typeof veiled>[1],
) {
  const seen: LlmRequest[] = [];
  const llm: Llm = async function* (given) {
    seen.push(given);
    yield { type: "tool_call", call: { id: "1", name: "x", args } };
    yield { type: "end", reason: "tool_calls" };
  };
  const events: LlmEvent[] = await Array.fromAsync(veiled(llm, rules)(asked, never));
  const [call] = events;
  return { seen: JSON.stringify(seen), args: call.type === "tool_call" ? call.call.args : {} };
}

Deno.test("a model sees no number, code or address of a caller, and tools get them whole", async () => {
  const { seen, args } = await ask(
    request(
      "call me on 0712 345 678",
      "the code is QFX32AB9CD and my mail is wanjiru@example.com",
      "my id is two three four five six seven eight nine",
    ),
    { phone: "…678", code: "…9CD", mail: "[e-mail]", list: ["…789"], text: "ring …678 soon" },
  );
  assert.doesNotMatch(seen, /345|QFX|wanjiru|two three/);
  assert.match(seen, /Pass them to tools exactly as they stand/);
  assert.deepEqual(args, {
    phone: "0712345678",
    code: "QFX32AB9CD",
    mail: "wanjiru@example.com",
    list: ["23456789"],
    text: "ring 0712345678 soon",
  });
});

Deno.test("what tools answered and were asked before is hidden as well", async () => {
  const { seen } = await ask({
    ...request("hello"),
    messages: [
      { role: "caller", text: "hello" },
      {
        role: "agent",
        text: "Your line is 0712345678.",
        toolCalls: [{ id: "1", name: "x", args: { phone: "+254712345678" } }],
      },
      {
        role: "tools",
        results: [{
          id: "1",
          name: "x",
          ok: true,
          data: { sentTo: ["+254712345678"], balanceMinor: 249_900 },
          say: "Sent to 0712345678.",
        }],
      },
    ],
  });
  assert.doesNotMatch(seen, /12345678|254712/);
  assert.match(seen, /249900/);
});

Deno.test("a full number keeps its plus, and of two that look alike the later counts", async () => {
  const { args } = await ask(request("not 0799999678", "it is +254 712 345 678"), {
    phone: "…678",
  });
  assert.deepEqual(args, { phone: "+254712345678" });
});

Deno.test("amounts and ticket numbers stay, and a rule that is off hides nothing", async () => {
  const plain = await ask(request("ticket UF1001 costs 2,500 shillings on 2026-11-23"));
  assert.match(plain.seen, /UF1001 costs 2,500 shillings on 2026-11-23/);
  assert.doesNotMatch(plain.seen, /hidden from you/);
  const off = await ask(request("call 0712 345 678"), {}, { phone: false });
  assert.match(off.seen, /0712 345 678/);
});
