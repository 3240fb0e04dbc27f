import asyncio

CORS = {"Access-Control-Allow-Origin": "*"}


async def fetch(way):
    await asyncio.sleep(0)
    if way == "boom":
        raise ValueError("boom")
    return None if way == "missing" else ["pen"]


async def main(event):
    try:
        found = await fetch(event["queryStringParameters"].get("way"))
    except ValueError:
        return {"statusCode": 500, "headers": {}, "body": ""}
    if found is None:
        return {"statusCode": 404, "headers": CORS, "body": ""}
    return {"statusCode": 200, "headers": CORS | {"Vary": "Origin"}, "body": "[]"}


def handler(event, context):
    return asyncio.run(main(event))
