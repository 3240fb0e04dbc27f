const ordersApi = import.meta.env.VITE_ORDERS_API_URL;
const reportsApi = import.meta.env.VITE_REPORTS_API_URL;

/** Changes an order; the cookie and the token go along. */
export async function saveOrder(order: { id: string }, token: string): Promise<unknown> {
  const response = await fetch(`${ordersApi}/orders/${order.id}`, {
    method: "PUT",
    credentials: "include",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${token}`,
      "X-CSRF-Token": sessionStorage.getItem("csrf") ?? "",
    },
    body: JSON.stringify(order),
  });
  return response.json();
}

/** Asks for a month's report. */
export async function requestReport(month: string): Promise<unknown> {
  const response = await fetch(`${reportsApi}/reports`, {
    method: "POST",
    credentials: "include",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ month }),
  });
  return response.json();
}
