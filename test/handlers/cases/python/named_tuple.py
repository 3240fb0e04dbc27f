from typing import NamedTuple, Optional


class Answer(NamedTuple):
    statusCode: int
    headers: dict
    body: str = ""


class Found(NamedTuple):
    ok: bool
    status: int = 200


def find(way: Optional[str]) -> Found:
    if way == "missing":
        return Found(False, 404)
    if way == "teapot":
        return Found(ok=False, status=418)
    return Found(True)


def handler(event, context):
    found = find(event["queryStringParameters"].get("way"))
    if not found.ok:
        return Answer(found.status, {"Vary": "Origin"})._asdict()
    return Answer(statusCode=200, headers={"Access-Control-Allow-Origin": "*"})._asdict()
