import assert from "node:assert/strict";
import { spawnScript } from "./spawn_script.ts";

Deno.test("a start without the sample company says what is missing and how to mend it, and nothing else", async () => {
  const agentDir = await Deno.makeTempDir();
  const dataDir = await Deno.makeTempDir();
  await Deno.writeTextFile(
    `${agentDir}/agent.yaml`,
    'name: Amani\ncompany: Upepo Fibre\ngreeting: { en: "Hello." }\n' +
      'hand_over: { number: "+254700000100" }\n',
  );
  const env = { AGENT_DIR: agentDir, DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "fatal" };
  const process = spawnScript("../main.ts", env, "piped");
  const said = await Array.fromAsync(process.stderr.pipeThrough(new TextDecoderStream()));
  await process.stdout.cancel();
  assert.equal((await process.status).code, 1);
  const text = said.join("");
  assert.match(text, /company\.yaml:1: file: is missing: .*: write one, or set BACKEND_URL/);
  assert.doesNotMatch(text, /^ +at /m, "no stack of ours");
  await Deno.remove(agentDir, { recursive: true });
  await Deno.remove(dataDir, { recursive: true });
});
