package org.legoos.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes small ELF files for tests, well formed unless a test says otherwise. */
final class TinyElf {
    static final long TEXT_VA = 0x401000;
    static final ElfLoader.Options PLAIN = new ElfLoader.Options(Set.of("sse", "sse2"), false, 0);

    record Ph(int type, int flags, long offset, long vaddr, long filesz, long memsz, long align) {}

    int type = 2;
    int machine = 62;
    long entry = TEXT_VA;
    int phentsize = 56;
    Integer phnum;
    long phoff = 64;
    final List<Ph> headers = new ArrayList<>();
    byte[] content = new byte[0x4000];

    /** A text and a data segment with bss. */
    static TinyElf program() {
        TinyElf elf = new TinyElf();
        elf.add(1, 4, 0, 0x400000, 0x200, 0x200, 0x1000);
        elf.add(1, 5, 0x1000, TEXT_VA, 0x800, 0x800, 0x1000);
        elf.add(1, 6, 0x2800, 0x404800, 0x300, 0x3000, 0x1000);
        return elf;
    }

    TinyElf add(int type, int flags, long offset, long vaddr, long filesz, long memsz, long align) {
        headers.add(new Ph(type, flags, offset, vaddr, filesz, memsz, align));
        return this;
    }

    byte[] bytes() {
        ByteBuffer b = ByteBuffer.wrap(content.clone()).order(ByteOrder.LITTLE_ENDIAN);
        b.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        b.putShort(16, (short) type).putShort(18, (short) machine).putInt(20, 1);
        b.putLong(24, entry).putLong(32, phoff);
        b.putShort(52, (short) 64).putShort(54, (short) phentsize);
        b.putShort(56, (short) (phnum != null ? phnum : headers.size()));
        for (int i = 0; i < headers.size(); i++) {
            Ph p = headers.get(i);
            int at = 64 + i * 56;
            b.putInt(at, p.type()).putInt(at + 4, p.flags()).putLong(at + 8, p.offset());
            b.putLong(at + 16, p.vaddr()).putLong(at + 24, p.vaddr()).putLong(at + 32, p.filesz());
            b.putLong(at + 40, p.memsz()).putLong(at + 48, p.align());
        }
        return b.array();
    }

    Loaded plan() {
        return ElfLoader.plan(ElfSource.of(bytes()), PLAIN);
    }
}
