export async function handler() {
  return { statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "[]" };
}
