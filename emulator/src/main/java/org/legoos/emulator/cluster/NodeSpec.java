package org.legoos.emulator.cluster;

import org.legoos.kernel.kconfig.KConfig;

/**
 * One node to be: its machine and its kernel's configuration.
 *
 * @param name host name, also in log file names; @param ramBytes size of its RAM
 */
public record NodeSpec(String name, long ramBytes, KConfig config) {
    public boolean isProcessor() {
        return config.bool("COMP_PROCESSOR");
    }

    public boolean isStorage() {
        return config.bool("COMP_STORAGE");
    }

    public boolean isMemory() {
        return config.bool("COMP_MEMORY");
    }

    public int nodeId() {
        return config.integer("FIT_LOCAL_ID");
    }

    NodeSpec withConfig(KConfig changed) {
        return new NodeSpec(name, ramBytes, changed);
    }

    NodeSpec withRam(long bytes) {
        return new NodeSpec(name, bytes, config);
    }
}
