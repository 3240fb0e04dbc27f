from lib.respond import bad_request, bare, ok, respond


def handler(event, context):
    way = event["queryStringParameters"].get("way")
    if not way:
        return bad_request("no way")
    if way == "teapot":
        return bare(418)
    if way == "missing":
        return respond(404, {"way": way}, {"Vary": "Origin", "Access-Control-Allow-Origin": "*"})
    return ok({"way": way})
