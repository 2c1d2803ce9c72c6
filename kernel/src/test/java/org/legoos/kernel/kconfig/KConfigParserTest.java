package org.legoos.kernel.kconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KConfigParserTest {
    private static KConfig parse(String text) throws Exception {
        return KConfigParser.parse("p.config", text);
    }

    @Test
    void readsTheThreeKindsOfValues() throws Exception {
        KConfig config = parse("""
                # a comment

                CONFIG_COMP_PROCESSOR=y
                # CONFIG_PCACHE_ZEROFILL is not set
                CONFIG_FIT_FIRST_QPN=0x55
                CONFIG_CMDLINE="memmap=4G$4G say=\\"hi\\""
                CONFIG_SOMETHING_OF_THE_ORIGINAL=y
                """);
        assertThat(config.bool("COMP_PROCESSOR")).isTrue();
        assertThat(config.bool("PCACHE_ZEROFILL")).isFalse();
        assertThat(config.integer("FIT_FIRST_QPN")).isEqualTo(0x55);
        assertThat(config.string("CMDLINE")).isEqualTo("memmap=4G$4G say=\"hi\"");
        assertThat(config.integer("FIT_NR_QPS_PER_PAIR")).isEqualTo(12);
    }

    @Test
    void errorsNameFileLineAndWhatWasExpected() {
        assertThatThrownBy(() -> parse("CONFIG_FIT=y\nCONFIG_FIT_FIRST_QPN=5")).hasMessage(
                "p.config:2: CONFIG_FIT_FIRST_QPN: expected a number from 80 to 100, not 5");
        assertThatThrownBy(() -> parse("CONFIG_FIT=maybe")).hasMessage("p.config:1: CONFIG_FIT: expected y or n, not 'maybe'");
        assertThatThrownBy(() -> parse("what is this")).hasMessageStartingWith("p.config:1: expected CONFIG_NAME=value");
        assertThatThrownBy(() -> parse("CONFIG_CMDLINE=memmap")).hasMessageContaining("expected text in double quotes");
        assertThatThrownBy(() -> parse("CONFIG_FIT=y\nCONFIG_FIT=y")).hasMessageContaining(":2: CONFIG_FIT is set a second time");
    }

    @Test
    void oneMemberOfAChoiceClearsTheOthers() throws Exception {
        KConfig config = parse("CONFIG_PCACHE_EVICTION_VICTIM=y");
        assertThat(config.bool("PCACHE_EVICTION_PERSET_LIST")).isFalse();
        assertThat(config.with("PCACHE_EVICTION_WRITE_PROTECT", "y").bool("PCACHE_EVICTION_VICTIM")).isFalse();
        assertThatThrownBy(() -> parse("CONFIG_TTYS0=y\nCONFIG_TTYS1=y")).hasMessageContaining("exclude each other");
    }

    @Test
    void whatIsWrittenReadsBackTheSame() throws Exception {
        KConfig config = KConfig.defaults().with("COMP_MEMORY", "y").with("CMDLINE", "a \"b\" \\c").with("THPOOL_NR_WORKERS", "4");
        String text = config.toDotConfig();
        assertThat(parse(text).toDotConfig()).isEqualTo(text);
    }
}
