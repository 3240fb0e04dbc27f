_base = ["Content-Type", "Authorization"]

ALLOWED_HEADERS = _base + ["X-Csrf-Token"]
