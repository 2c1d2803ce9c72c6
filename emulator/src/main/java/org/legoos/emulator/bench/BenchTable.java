package org.legoos.emulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results of a benchmark: a title, named columns, rows of text and numbers. Printed for people or as JSON. */
public final class BenchTable {
    private final String title;
    private final List<String> columns;
    private final List<Object[]> rows = new ArrayList<>();

    public BenchTable(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    /** Cells are String, or Number (NaN: not measured). */
    public BenchTable row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns.size() + " columns");
        }
        rows.add(cells);
        return this;
    }

    /** A target and whether it is met, as all tables say it. */
    public static String target(double measured, double limit, String unit) {
        String met = Double.isNaN(measured) ? "not measured" : measured <= limit ? "met" : "missed";
        return "<= " + number(limit) + (unit.isEmpty() ? "" : " " + unit) + ": " + met;
    }

    public String toText() {
        int[] widths = new int[columns.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = columns.get(c).length();
            for (Object[] row : rows) {
                widths[c] = Math.max(widths[c], text(row[c]).length());
            }
        }
        StringBuilder out = new StringBuilder(title).append('\n');
        line(out, columns.toArray(), widths);
        for (Object[] row : rows) {
            line(out, row, widths);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, Object[] cells, int[] widths) {
        StringBuilder line = new StringBuilder(" ");
        for (int c = 0; c < cells.length; c++) {
            String text = text(cells[c]);
            String padding = " ".repeat(widths[c] - text.length());
            line.append(' ').append(cells[c] instanceof Number ? padding + text : text + padding).append(' ');
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    public String toJson() {
        StringBuilder out = new StringBuilder("{\"title\": ").append(quoted(title)).append(", \"rows\": [");
        String separator = "\n";
        for (Object[] row : rows) {
            out.append(separator).append("  {");
            for (int c = 0; c < row.length; c++) {
                out.append(c == 0 ? "" : ", ").append(quoted(columns.get(c))).append(": ").append(value(row[c]));
            }
            out.append('}');
            separator = ",\n";
        }
        return out.append("\n]}").toString();
    }

    private static String value(Object cell) {
        if (cell instanceof Number number) {
            return Double.isNaN(number.doubleValue()) ? "null" : number.toString();
        }
        return quoted(text(cell));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String text(Object cell) {
        return cell instanceof Number number ? number(number.doubleValue()) : String.valueOf(cell);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String pattern = value == Math.rint(value) ? "%.0f" : Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
