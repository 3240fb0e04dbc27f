import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { isForbiddenAddress, isInnerAddress } from "../../server/src/probe/address";

type Block = readonly [prefix: string, name: string, rfc: string, global: boolean | null];

const registry = JSON.parse(
  readFileSync(path.join(__dirname, "data/iana-special-purpose.json"), "utf8"),
) as { blocks: readonly Block[] };

/** `IPV4` is put in the last 32 bits, or where the format has it. */
const wrappings: Readonly<Record<string, (bytes: readonly number[]) => string>> = {
  "IPv4-mapped": (v4) => `::ffff:${hex(v4)}`,
  "IPv4-compatible": (v4) => `::${hex(v4)}`,
  "IPv4-translated (SIIT)": (v4) => `::ffff:0:${hex(v4)}`,
  NAT64: (v4) => `64:ff9b::${hex(v4)}`,
  "NAT64, local": (v4) => `64:ff9b:1::${hex(v4)}`,
  "NAT64, local, with a prefix of 48 bits": ([a = 0, b = 0, c = 0, d = 0]) =>
    `64:ff9b:1:${word(a, b)}:${word(0, c)}:${word(d, 0)}::`,
  "6to4": (v4) => `2002:${hex(v4)}::1`,
  "Teredo client": (v4) => `2001:0:808:808:0:0:${hex(v4.map((byte) => byte ^ 0xff))}`,
  "Teredo server": (v4) => `2001:0:${hex(v4)}::f7f7:f7f7`,
  ISATAP: (v4) => `2606:4700::5efe:${hex(v4)}`,
  "ISATAP, unique": (v4) => `2606:4700::200:5efe:${hex(v4)}`,
};

function word(high: number, low: number): string {
  return ((high << 8) | low).toString(16);
}

function hex([a = 0, b = 0, c = 0, d = 0]: readonly number[]): string {
  return `${word(a, b)}:${word(c, d)}`;
}

/** An address of a block, by a number that says which. */
function within(prefix: string, random: readonly number[]): ipaddr.IPv4 | ipaddr.IPv6 {
  const [network, length] = ipaddr.parseCIDR(prefix);
  const bytes = network.toByteArray().map((byte, i) => {
    const fixed = Math.min(8, Math.max(0, length - i * 8));
    const mask = (0xff << (8 - fixed)) & 0xff;
    return (byte & mask) | ((random[i] ?? 0) & ~mask & 0xff);
  });
  return ipaddr.fromByteArray(bytes);
}

const bytes = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 255 }), { minLength: length, maxLength: length });

const runs = Number(process.env["ADDRESSES"] ?? 300);

/** The registry's longest block that holds the address. */
function blockOf(address: ipaddr.IPv4 | ipaddr.IPv6): Block | undefined {
  return registry.blocks
    .filter(([prefix]) => {
      const [network, length] = ipaddr.parseCIDR(prefix);
      return network.kind() === address.kind() && address.match(network, length);
    })
    .sort(([a], [b]) => Number(b.split("/")[1]) - Number(a.split("/")[1]))[0];
}

describe("guard of addresses", () => {
  it("takes no address of IANA's special-purpose blocks for a public one, but those that are reached globally", () => {
    const inner = registry.blocks.filter(([, , , global]) => global === false);
    for (const [prefix, name] of inner) {
      fc.assert(
        fc.property(bytes(16), (random) => {
          const address = within(prefix, random);
          if (blockOf(address)?.[3] !== false) return;
          const text = address.toString();
          const mapped = prefix === "::ffff:0:0/96" ? text.slice("::ffff:".length) : undefined;
          // An IPv4-mapped address is the IPv4 address: on the wire goes that one.
          if (mapped !== undefined)
            assert.equal(isInnerAddress(text), isInnerAddress(ipaddr.process(text).toString()));
          else assert.ok(isInnerAddress(text), `${text} of ${name}`);
        }),
        { numRuns: Math.max(20, runs / 10) },
      );
    }
  });

  it("lets through what is public: other addresses of IPv4 and of 2000::/3", () => {
    fc.assert(
      fc.property(bytes(16), (random) => {
        for (const address of [within("0.0.0.0/0", random), within("2000::/3", random)]) {
          const first = address.toByteArray()[0] ?? 0;
          if (blockOf(address) || (address.kind() === "ipv4" && first >= 224)) continue;
          const text = address.toString();
          if (/5efe/.test(text) || isForbiddenAddress(text)) continue;
          assert.ok(!isInnerAddress(text), text);
        }
      }),
      { numRuns: runs },
    );
  });

  it("takes what lies outside of 2000::/3 for inner: nothing there is assigned to the public", () => {
    for (const address of ["fec0::1", "4000::1", "fd00::1", "e000::1", "1::1", "5f00::1"]) {
      assert.ok(isInnerAddress(address), address);
    }
  });

  for (const [name, wrap] of Object.entries(wrappings)) {
    it(`sees an IPv4 address in an IPv6 one: ${name}`, () => {
      for (const metadata of ["169.254.169.254", "100.100.100.200", "168.63.129.16", "224.0.0.1"]) {
        const wrapped = wrap(ipaddr.parse(metadata).toByteArray());
        assert.ok(isForbiddenAddress(wrapped), `${metadata} as ${wrapped}`);
      }
      fc.assert(
        fc.property(bytes(4), ([first = 0, ...rest]) => {
          // `0.x` has formats of its own: `::1` is no 0.0.0.1.
          const v4 = [Math.max(1, first), ...rest];
          const plain = v4.join(".");
          const wrapped = wrap(v4);
          if (isForbiddenAddress(plain)) assert.ok(isForbiddenAddress(wrapped), wrapped);
          if (isInnerAddress(plain)) assert.ok(isInnerAddress(wrapped), wrapped);
        }),
        { numRuns: runs },
      );
    });
  }

  it("lets nobody be asked under what is no address", () => {
    for (const text of ["", "localhost", "1.2.3", "1.2.3.4.5", "::g", "1.2.3.4/8"]) {
      assert.ok(isForbiddenAddress(text), text);
    }
  });
});
