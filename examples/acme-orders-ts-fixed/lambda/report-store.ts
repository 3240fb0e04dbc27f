export interface Report {
  month: string;
  orders: number;
}

const reports = new Map<string, Report>();

export async function findReport(month: string): Promise<Report | undefined> {
  return reports.get(month);
}

export async function createReport(month: string): Promise<Report> {
  const report = { month, orders: 0 };
  reports.set(month, report);
  return report;
}
