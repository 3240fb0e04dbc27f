def build(status, *parts, **headers):
    merged = {}
    for part in parts:
        merged.update(part)
    return {"statusCode": status, "headers": {**merged, **{k.replace("_", "-"): v for k, v in headers.items()}}}


def handler(event, context):
    args = [200, {"Access-Control-Allow-Origin": "*"}]
    if event["httpMethod"] == "GET":
        args.append({"Vary": "Origin"})
    return build(*args, Access_Control_Max_Age="600")
