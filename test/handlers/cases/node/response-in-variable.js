exports.handler = async (event) => {
  let response;
  try {
    const item = JSON.parse(event.body);
    response = { statusCode: 200, body: JSON.stringify(item) };
  } catch (err) {
    response = { statusCode: 400, body: err.message };
  }
  response.headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
  return response;
};
