def handler(event, context):
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    origin = headers.get("origin", "*")
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}
