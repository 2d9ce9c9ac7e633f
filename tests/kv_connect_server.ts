/** One entry of the database, as the protocol has it: values stay as the client encoded them. */
interface Entry {
  value: Uint8Array;
  encoding: number;
  versionstamp: Uint8Array;
}

/** One field of a protocol buffer: a number, or bytes. */
type Fields = Map<number, (bigint | Uint8Array)[]>;

const SET = 1;
const DELETE = 2;
const SUCCESS = 1;
const CHECK_FAILED = 2;
const VERSIONSTAMP_BYTES = 10;

/**
 * Serves an empty database by the KV Connect protocol, as self-hosted and hosted Deno KV do: what
 * `Deno.openKv` asks for when it is given an address.
 */
export function serveKv(accessToken: string) {
  const entries = new Map<string, Entry>();
  let version = 0n;

  function read(request: Fields): Uint8Array {
    const ranges = messages(request, 1).map((range) => {
      const [start, end] = [hex(bytes(range, 1)), hex(bytes(range, 2))];
      const keys = [...entries.keys()].filter((key) => key >= start && key < end).sort();
      if (number(range, 4)) keys.reverse();
      return field(
        1,
        concat(keys.slice(0, number(range, 3)).map((key) => field(1, entryOf(key)))),
      );
    });
    return concat([...ranges, varintField(4, 1), varintField(8, SUCCESS)]);
  }

  function entryOf(key: string): Uint8Array {
    const { value, encoding, versionstamp } = entries.get(key)!;
    return concat([
      field(1, Uint8Array.fromHex(key)),
      field(2, value),
      varintField(3, encoding),
      field(4, versionstamp),
    ]);
  }

  function write(request: Fields): Uint8Array {
    const isCurrent = messages(request, 1).every((check) => {
      const known = entries.get(hex(bytes(check, 1)))?.versionstamp ?? new Uint8Array();
      return hex(known) === hex(bytes(check, 2));
    });
    if (!isCurrent) return varintField(1, CHECK_FAILED);
    const versionstamp = new Uint8Array(VERSIONSTAMP_BYTES);
    new DataView(versionstamp.buffer).setBigUint64(0, ++version);
    for (const mutation of messages(request, 2)) {
      const key = hex(bytes(mutation, 1));
      const type = number(mutation, 3);
      if (type === DELETE) entries.delete(key);
      else if (type === SET) {
        const value = fieldsOf(bytes(mutation, 2));
        entries.set(key, { value: bytes(value, 1), encoding: number(value, 2), versionstamp });
      } else {throw new Error(
          `Cannot change an entry: the mutation must be known: received ${type}`,
        );}
    }
    return concat([varintField(1, SUCCESS), field(2, versionstamp)]);
  }

  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (request.headers.get("authorization") !== `Bearer ${accessToken}`) {
      return new Response("the access token is not known", { status: 401 });
    }
    const body = new Uint8Array(await request.arrayBuffer());
    if (pathname === "/") return metadata(accessToken);
    const answer = pathname === "/v2/snapshot_read" ? read(fieldsOf(body)) : write(fieldsOf(body));
    return new Response(answer as Uint8Array<ArrayBuffer>, {
      headers: { "content-type": "application/x-protobuf" },
    });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    close: () => server.shutdown(),
  };
}

function metadata(token: string): Response {
  return Response.json({
    version: 2,
    databaseId: crypto.randomUUID(),
    endpoints: [{ url: "/v2", consistency: "strong" }],
    token,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
}

function fieldsOf(message: Uint8Array): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = message[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = Number(varint());
    let value: bigint | Uint8Array = varint();
    // Of the wire types only numbers and bytes occur.
    if ((tag & 7) === 2) {
      const end = at + Number(value);
      value = message.slice(at, end);
      at = end;
    }
    fields.set(tag >> 3, [...fields.get(tag >> 3) ?? [], value]);
  }
  return fields;
}

function bytes(fields: Fields, name: number): Uint8Array {
  return (fields.get(name)?.at(-1) ?? new Uint8Array()) as Uint8Array;
}

function number(fields: Fields, name: number): number {
  return Number(fields.get(name)?.at(-1) ?? 0);
}

function messages(fields: Fields, name: number): Fields[] {
  return (fields.get(name) ?? []).map((message) => fieldsOf(message as Uint8Array));
}

function varintOf(value: number): number[] {
  const out: number[] = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) out.push(value % 128 | 0x80);
  return [...out, value];
}

function varintField(name: number, value: number): Uint8Array {
  return Uint8Array.from([...varintOf(name << 3), ...varintOf(value)]);
}

function field(name: number, value: Uint8Array): Uint8Array {
  return concat([Uint8Array.from([...varintOf(name << 3 | 2), ...varintOf(value.length)]), value]);
}

function concat(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function hex(value: Uint8Array): string {
  return value.toHex();
}
