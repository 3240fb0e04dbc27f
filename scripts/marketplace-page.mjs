// What the Marketplace shows; see marketplace-page.d.mts.
export function marketplacePage(readme) {
  return readme.replace(/^## From a checkout\n[^]*?(?=^## )/m, "");
}
