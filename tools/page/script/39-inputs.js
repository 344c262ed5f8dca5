// What the ranges of assumed numbers do, beside chance.
sections.push({
  id: "inputs",
  available: () => Boolean(page.data.inputs),
  draw() {
    const shown = (part) => (row) => (row[part] ? [withUnit(row[part].m, row.unit), html("small", null, " " + t("interval.short", {low: withUnit(row[part].l, row.unit), high: withUnit(row[part].u, row.unit)}))] : t("no_value"));
    const range = (part) => (row) => (row[part] ? t("inputs.range", {low: withUnit(row[part].l, row.unit), high: withUnit(row[part].u, row.unit)}) : t("no_value"));
    const value = (part) => (row) => (row[part] ? Number(row[part].m) : NaN);
    const columns = [
      textColumn("channel", t("column.channel"), (row) => t("channel." + row.group)),
      textColumn("quantity", t("column.quantity"), (row) => quantityTitle(row.quantity, row.unit)),
      numberColumn("fixed", t("column.fixed"), shown("fixed"), value("fixed")),
      numberColumn("chance", t("inputs.chance"), range("chance"), value("chance")),
      numberColumn("assumptions", t("inputs.assumptions"), range("assumptions"), value("assumptions")),
      numberColumn("share", t("column.assumptions_share"), (row) => (row.share ? setPercent(row.share) : t("no_value")), (row) => Number(row.share)),
    ];
    return section("inputs", t("inputs.title"), note(t("inputs.note")), new SortedTable({caption: t("inputs.title"), columns, rows: page.data.inputs}).element);
  },
});
