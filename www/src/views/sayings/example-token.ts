/** A JSON Web Token that opens nothing: it says so itself, its time is over, and its signature is a sentence. */
import { toBase64Url } from "../../text/base64url.ts";

const HEADER = { alg: "HS256", typ: "JWT" };
const CLAIMS = {
  sub: "nobody",
  name: "示例 Example",
  note: "这是假的 This is a fake",
  iat: Date.UTC(2024, 0, 1) / 1000,
  exp: Date.UTC(2024, 0, 2) / 1000,
};

/** Its three parts. */
export function exampleParts(): readonly [header: string, claims: string, signature: string] {
  return [
    base64url(JSON.stringify(HEADER)),
    base64url(JSON.stringify(CLAIMS)),
    base64url("this signs nothing"),
  ];
}

function base64url(text: string): string {
  return toBase64Url(new TextEncoder().encode(text));
}
