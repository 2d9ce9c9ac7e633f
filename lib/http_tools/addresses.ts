import { BlockList, isIP } from "node:net";

/**
 * Addresses that no tool may reach unless its host is known to be our own: loopback, private,
 * link-local and the rest that isn't the public internet (IANA's special-purpose registries).
 */
const blocked = new BlockList();
for (
  const [address, bits] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 4],
    ["240.0.0.0", 4],
  ] as const
) blocked.addSubnet(address, bits, "ipv4");

/** True when an address is on the public internet; false also for what isn't an address. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const version = isIP(bare);
  if (version === 4) return !blocked.check(bare, "ipv4");
  if (version !== 6) return false;
  const groups = groupsOf(bare);
  const [first, second] = groups;
  const inner = innerOf(groups);
  if (inner !== undefined) return isPublicAddress(inner);
  // Only 2000::/3 is the public internet; in it, 2001:0000–01ff and 2001:db8 are not.
  if (first < 0x2000 || first > 0x3fff) return false;
  return !(first === 0x2001 && (second < 0x200 || second === 0xdb8)) && first !== 0x3fff;
}

/** The IPv4 address that an IPv6 one stands for: mapped, compatible, NAT64 or 6to4. */
function innerOf(groups: number[]): string | undefined {
  const dotted = (high: number, low: number) =>
    [high >> 8, high & 255, low >> 8, low & 255].join(".");
  const leading = groups.slice(0, 5).every((group) => group === 0);
  const isMapped = leading && (groups[5] === 0xffff || groups[5] === 0) && groups[6] !== 0;
  const isNat64 = groups[0] === 0x64 && groups[1] === 0xff9b;
  if (isMapped || isNat64) return dotted(groups[6], groups[7]);
  return groups[0] === 0x2002 ? dotted(groups[1], groups[2]) : undefined;
}

function groupsOf(address: string): number[] {
  const hex = address.replace(/\d+\.\d+\.\d+\.\d+$/, (dotted) => {
    const [a, b, c, d] = dotted.split(".").map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head, tail] = hex.split("::").map((part) => part.split(":").filter(Boolean));
  const missing = tail === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array(missing).fill("0"), ...tail ?? []].map((group) => parseInt(group, 16));
}
