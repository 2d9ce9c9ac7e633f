import { type Finding, green, red, yellow } from "./finding.ts";

const MEGABYTE = 1_000_000;
/** The store of a busy month, and kept prompts. */
const WARN_BYTES = 1_000 * MEGABYTE;
/** Deno KV stops writing when a disk is full, and the log with it. */
const MIN_BYTES = 100 * MEGABYTE;

/** Looks whether there is room for calls to be written down. */
export async function checkDisk(
  directory: string,
  freeBytes?: (path: string) => Promise<number>,
): Promise<Finding> {
  if (!freeBytes && !await mayAsk()) return green("not looked at: it takes --allow-sys=statfs");
  await Deno.mkdir(directory, { recursive: true });
  const bytes = await (freeBytes ?? freeBytesOf)(directory);
  const said = `${Math.round(bytes / MEGABYTE)} MB free for ${directory}`;
  const fix = "delete old recordings and logs, or get a bigger disk";
  return bytes < MIN_BYTES ? red(said, fix) : bytes < WARN_BYTES ? yellow(said, fix) : green(said);
}

/** Asked first, since a permission that is missing would be asked for at the terminal. */
async function mayAsk(): Promise<boolean> {
  const descriptor = { name: "sys", kind: "statfs" } as Deno.SysPermissionDescriptor;
  return (await Deno.permissions.query(descriptor)).state === "granted";
}

async function freeBytesOf(path: string): Promise<number> {
  const { statfs } = await import("node:fs/promises");
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
