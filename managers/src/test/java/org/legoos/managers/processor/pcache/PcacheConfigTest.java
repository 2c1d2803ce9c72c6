package org.legoos.managers.processor.pcache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.legoos.kernel.kconfig.KConfig;

class PcacheConfigTest {
    @Test
    void defaultsAreTheOriginals() {
        PcacheConfig config = PcacheConfig.of(KConfig.defaults(), 1);
        assertThat(config.associativityShift()).isEqualTo(6);
        assertThat(config.policy()).isEqualTo(PcacheConfig.Policy.LRU);
        assertThat(config.mechanism()).isEqualTo(PcacheConfig.Mechanism.PERSET_LIST);
        assertThat(config.victimEntries()).isEqualTo(8);
        assertThat(config.sweepIntervalMs()).as("no sweep thread").isZero();
        assertThat(config.zerofill()).isTrue();
        assertThat(config.zerofillNotify()).isFalse();
    }

    @Test
    void choosingOneOfAChoiceIsEnough() {
        KConfig config = KConfig.defaults()
                .with("PCACHE_EVICT_RANDOM", "y")
                .with("PCACHE_EVICTION_VICTIM", "y")
                .with("PCACHE_EVICT_GENERIC_SWEEP", "y");
        assertThat(PcacheConfig.of(config, 1).policy()).isEqualTo(PcacheConfig.Policy.RANDOM);
        assertThat(PcacheConfig.of(config, 1).mechanism()).isEqualTo(PcacheConfig.Mechanism.VICTIM);
        assertThat(PcacheConfig.of(config, 1).sweepIntervalMs()).isEqualTo(1000);
        KConfig fifo = KConfig.defaults().with("PCACHE_EVICT_FIFO", "y").with("PCACHE_EVICTION_WRITE_PROTECT", "y");
        assertThat(PcacheConfig.of(fifo, 1).policy()).isEqualTo(PcacheConfig.Policy.FIFO);
        assertThat(PcacheConfig.of(fifo, 1).mechanism()).isEqualTo(PcacheConfig.Mechanism.WRITE_PROTECT);
    }
}
