/** Runs a script of this project in a process of its own; what it prints can be read. */
export function spawnScript(
  path: string,
  env: Record<string, string>,
  stderr: "inherit" | "piped" = "inherit",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-net",
      "--allow-env",
      "--allow-read",
      "--allow-write",
      new URL(path, import.meta.url).pathname,
    ],
    env,
    stdout: "piped",
    stderr,
  }).spawn();
}
