import { load } from "tokimeter";
import { count } from "../../../count.js";

export const dynamic = "force-static";

/** Counts on the server. */
export async function GET() {
  return Response.json({ page: await count(load) });
}
