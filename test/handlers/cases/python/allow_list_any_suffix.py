DOMAINS = ["example.com", "localhost:5173"]


def handler(event, context):
    origin = (event.get("headers") or {}).get("origin") or ""
    if any(origin.endswith(domain) for domain in DOMAINS):
        return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin}}
    return {"statusCode": 403}
