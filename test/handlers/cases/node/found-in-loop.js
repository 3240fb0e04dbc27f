const headers = { "Access-Control-Allow-Origin": "*" };

const rows = () => JSON.parse(process.env.ROWS ?? '[{"name":"ok","id":1},{"name":"teapot","id":2}]');

exports.handler = async (event) => {
  const { way } = event.queryStringParameters;
  let found;
  let skipped = false;
  for (const row of rows()) {
    if (row.name !== way) {
      skipped = true;
      continue;
    }
    found = row.id;
    break;
  }
  if (!found) return { statusCode: 404, headers };
  return skipped ? { statusCode: 203, headers, body: String(found) } : { statusCode: 200, body: String(found) };
};
