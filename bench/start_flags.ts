interface Config {
  tasks: { start: { command: string } };
}

/** How `deno task start` sets the engine up: its flags other than permissions. */
export async function startFlags(): Promise<string[]> {
  const config = await Deno.readTextFile(new URL("../deno.json", import.meta.url));
  const { tasks } = JSON.parse(config) as Config;
  const words = tasks.start.command.split(" ");
  return words.filter((word) => word.startsWith("--") && !word.startsWith("--allow-"));
}
