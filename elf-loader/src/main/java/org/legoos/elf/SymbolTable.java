package org.legoos.elf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Function names of a program by address, for fault reports: .symtab, else .dynsym (System V ABI, "Symbol Table").
 * A table that is damaged or too large gives no names; it never fails.
 */
public final class SymbolTable {
    private static final int SECTION_BYTES = 64;
    private static final int SYMBOL_BYTES = 24;
    private static final int SHT_SYMTAB = 2;
    private static final int SHT_DYNSYM = 11;
    private static final int STT_FUNC = 2;
    private static final int STT_GNU_IFUNC = 10;
    private static final int MAX_TABLE_BYTES = 64 << 20;
    private static final int MAX_NAME_BYTES = 256;

    private record Symbol(long va, long sizeBytes, String name) {}

    private record Section(int type, long offset, long sizeBytes, int link) {}

    private final Symbol[] symbols; // by address

    private SymbolTable(List<Symbol> unsorted) {
        symbols = unsorted.toArray(Symbol[]::new);
        Arrays.sort(symbols, Comparator.comparingLong(Symbol::va));
    }

    /** Names of functions, with addresses moved by loadBias. */
    public static SymbolTable read(ElfSource source, long loadBias) {
        ElfFile.Parsed parsed = ElfFile.parse(source);
        if (parsed.error() != null) {
            return new SymbolTable(List.of());
        }
        List<Section> sections = sections(source, parsed.file().header());
        for (int type : new int[] {SHT_SYMTAB, SHT_DYNSYM}) {
            for (Section section : sections) {
                if (section.type() == type && section.link() >= 0 && section.link() < sections.size()) {
                    return new SymbolTable(functions(source, section, sections.get(section.link()), loadBias));
                }
            }
        }
        return new SymbolTable(List.of());
    }

    private static List<Section> sections(ElfSource source, ElfHeader header) {
        byte[] table = new byte[header.shnum() * SECTION_BYTES];
        if (header.shentsize() != SECTION_BYTES || !source.read(header.shoff(), table)) {
            return List.of();
        }
        ByteBuffer b = ElfHeader.littleEndian(table);
        List<Section> sections = new ArrayList<>(header.shnum());
        for (int at = 0; at < table.length; at += SECTION_BYTES) {
            sections.add(new Section(b.getInt(at + 4), b.getLong(at + 24), b.getLong(at + 32), b.getInt(at + 40)));
        }
        return sections;
    }

    private static List<Symbol> functions(ElfSource source, Section table, Section strings, long loadBias) {
        byte[] entries = content(source, table);
        byte[] names = content(source, strings);
        ByteBuffer b = ElfHeader.littleEndian(entries);
        List<Symbol> found = new ArrayList<>();
        for (int at = 0; at <= entries.length - SYMBOL_BYTES; at += SYMBOL_BYTES) {
            int type = b.get(at + 4) & 0xf;
            boolean isDefined = b.getShort(at + 6) != 0;
            String name = name(names, b.getInt(at));
            if (isDefined && (type == STT_FUNC || type == STT_GNU_IFUNC) && !name.isEmpty()) {
                found.add(new Symbol(b.getLong(at + 8) + loadBias, b.getLong(at + 16), name));
            }
        }
        return found;
    }

    private static byte[] content(ElfSource source, Section section) {
        if (section.sizeBytes() < 0 || section.sizeBytes() > MAX_TABLE_BYTES) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) Math.min(section.sizeBytes(), source.sizeBytes())];
        return source.read(section.offset(), bytes) ? bytes : new byte[0];
    }

    private static String name(byte[] names, int offset) {
        if (offset < 0) {
            return "";
        }
        int end = offset;
        while (end < names.length && end - offset < MAX_NAME_BYTES && names[end] != 0) {
            end++;
        }
        return end <= offset
                ? ""
                : ElfLoader.printable(new String(names, offset, end - offset, StandardCharsets.UTF_8));
    }

    /** "name+0x1f" for an address inside a known function, or null. */
    public String describe(long va) {
        int low = 0;
        int high = symbols.length - 1;
        Symbol best = null;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(symbols[middle].va(), va) <= 0) {
                best = symbols[middle];
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (best == null || best.sizeBytes() != 0 && Long.compareUnsigned(va - best.va(), best.sizeBytes()) >= 0) {
            return null;
        }
        return best.name() + "+0x" + Long.toHexString(va - best.va());
    }

    public int size() {
        return symbols.length;
    }
}
