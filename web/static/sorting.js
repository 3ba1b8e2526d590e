// Tables with data-module="moj-sortable-table" are sorted by their heads; loaded only where there is one.

// Makes the tables within an element sortable.
export async function sortable(within) {
  const tables = within.querySelectorAll('[data-module="moj-sortable-table"]');
  if (!tables.length) return;
  const { SortableTable } = await import("./moj/sortable-table.js");
  for (const table of tables) {
    if (!table.hasAttribute("data-moj-sortable-table-init")) new SortableTable(table);
  }
}

// Lets fresh tables be sorted as those that they replace were sorted by whoever looks at them.
export function sortedAlike(before, fresh) {
  const now = fresh.querySelectorAll('[data-module="moj-sortable-table"]');
  before.querySelectorAll('[data-module="moj-sortable-table"]').forEach((table, at) => {
    const heads = now[at]?.querySelectorAll("thead th") ?? [];
    table.querySelectorAll("thead th").forEach((head, column) => {
      const sorted = head.getAttribute("aria-sort");
      if (sorted && heads[column]?.hasAttribute("aria-sort")) heads[column].setAttribute("aria-sort", sorted);
    });
  });
}
