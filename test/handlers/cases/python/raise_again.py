def handler(event, context):
    try:
        if event["queryStringParameters"].get("way") == "boom":
            raise ValueError("boom")
        if event["queryStringParameters"].get("way") == "missing":
            raise LookupError("missing")
        return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}}
    except LookupError:
        return {"statusCode": 404, "headers": {"Access-Control-Allow-Origin": "*"}}
    except ValueError:
        print("failed")
        raise
