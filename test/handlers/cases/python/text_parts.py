from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Sites:
    SHOP: ClassVar[str] = field(init=False, default="https://shop.example.com")
    name: str = field(default="access-control-allow-origin")
    extra: list = field(default_factory=list)


SITES = {Sites.SHOP: "shop", "https://admin.example.com": "admin"}


def handler(event, context):
    sites = Sites()
    page = "" if event["httpMethod"] == "DELETE" else Sites.SHOP
    if not page:
        return {"statusCode": 405, "headers": {"allow".capitalize(): "GET"}}
    headers = {sites.name[0].upper() + "ccess-Control-Allow-Origin": page, "x-site": SITES[Sites.SHOP]}
    for name in sites.extra:
        headers[name] = "1"
    return {"statusCode": 200, "headers": headers}
