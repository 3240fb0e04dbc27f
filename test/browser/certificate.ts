/** Self-made X.509 certificates for loopback servers, so that no key lies in the repository. */
import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Subject {
  readonly name: string;
  readonly names: readonly string[];
  readonly days: number;
}

/** A certificate authority and one certificate of it for the given DNS names and IPv4 addresses. */
export function makeCertificates(
  names: readonly string[],
  days = 30,
): { ca: string; leaf: Certificate } {
  const root = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const leaf = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const authority: Subject = { name: "Loopback Test CA", names: [], days: 60 };
  const server: Subject = { name: "loopback", names, days };
  const pem = (der: Buffer) =>
    `-----BEGIN CERTIFICATE-----\n${der.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  return {
    ca: pem(certificate(authority, root.publicKey, authority, root.privateKey)),
    leaf: {
      cert: pem(certificate(server, leaf.publicKey, authority, root.privateKey)),
      key: leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    },
  };
}

const DAY = 86_400_000;
const ecdsaWithSha256 = () => sequence(oid("2a8648ce3d040302"));

function certificate(subject: Subject, key: KeyObject, issuer: Subject, signer: KeyObject): Buffer {
  const isAuthority = subject === issuer;
  const until = Date.now() + subject.days * DAY;
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(Math.floor(Math.random() * 2 ** 40) + 1),
    ecdsaWithSha256(),
    commonName(issuer.name),
    sequence(time(Math.min(Date.now(), until) - DAY), time(until)),
    commonName(subject.name),
    key.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(isAuthority ? authorityExtension() : namesExtension(subject.names))),
  );
  const signature = createSign("SHA256").update(body).sign(signer);
  return sequence(body, ecdsaWithSha256(), tagged(0x03, Buffer.of(0), signature));
}

function authorityExtension(): Buffer {
  const value = sequence(tagged(0x01, Buffer.of(0xff)));
  return sequence(oid("551d13"), tagged(0x01, Buffer.of(0xff)), tagged(0x04, value));
}

function namesExtension(names: readonly string[]): Buffer {
  const entries = names.map((name) => {
    const parts = name.split(".").map(Number);
    const isAddress = parts.length === 4 && parts.every(Number.isInteger);
    return isAddress ? tagged(0x87, Buffer.from(parts)) : tagged(0x82, Buffer.from(name, "latin1"));
  });
  return sequence(oid("551d11"), tagged(0x04, sequence(...entries)));
}

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid("550403"), tagged(0x0c, Buffer.from(name)))));
}

function time(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replace(/[-:T]|\.\d+/g, "");
  return tagged(0x18, Buffer.from(digits, "latin1"));
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return tagged(0x02, (bytes[0] ?? 0) > 127 ? Buffer.of(0) : Buffer.alloc(0), bytes);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
