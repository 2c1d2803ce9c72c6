package org.legoos.isa.natives;

import java.util.List;

/** What to tell somebody whose machine lacks a library. */
final class InstallHint {
    private InstallHint() {}

    static String message(String library, List<String> reasons) {
        String why = reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
        String base = library.startsWith("unicorn") ? "unicorn" : library;
        return """
                LegoOS needs %s, and none was found%s. Install it, or point -Dlegoos.natives=DIR at its directory:
                  Debian, Ubuntu  %s
                  Fedora          dnf install %s
                  Arch            pacman -S %s
                  openSUSE        zypper install %s
                  Alpine          apk add %s""".formatted(
                library, why,
                base.equals("unicorn") ? "apt install libunicorn2t64 (Debian 13 or newer)" : "apt install libcapstone5",
                base, base, base.equals("unicorn") ? "libunicorn2" : "libcapstone5", base);
    }
}
