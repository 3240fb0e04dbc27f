_reports = {}


def find_report(month):
    return _reports.get(month)


def create_report(month):
    report = {"month": month, "orders": 0}
    _reports[month] = report
    return report
