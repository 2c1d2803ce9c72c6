package org.legoos.managers.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.fit.Incoming;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.kconfig.KConfig;
import org.legoos.kernel.syscall.Errno;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.fs.FileService;
import org.legoos.managers.processor.fs.StorageFileService;
import org.legoos.managers.rpc.LoopbackCluster;
import org.legoos.managers.rpc.RpcPort;
import org.legoos.managers.rpc.StatusReply;

/** A storage node that is silent, not there, or answers nonsense: EIO after the configured time-out, never a hang or an exception. */
class StorageFailureTest {
    private static final KConfig CONFIG = KConfig.defaults().with("USE_RAMFS", "n").with("DEFAULT_STORAGE_NODE", "1")
            .with("STORAGE_TIMEOUT_MSEC", "20");
    private static final long BUFFER_PA = 1 << 20;

    private final LoopbackCluster cluster = new LoopbackCluster(2, 32 << 20, 0, CONFIG, HostClock.instance());
    private final FileService files = new StorageFileService(cluster.kernel(0), cluster.ibapi(0), new Credentials());

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void assertEverythingIsEio() {
        FileService.Stat stat = new FileService.Stat();
        assertThat(files.stat("/f", true, stat)).isEqualTo(-Errno.EIO);
        assertThat(files.open("/f", 0, 0, stat)).isEqualTo(-Errno.EIO);
        assertThat(files.read("/f", 0, BUFFER_PA, 4096)).isEqualTo(-Errno.EIO);
        assertThat(files.write("/f", 0, false, cluster.kernel(0).memory().segment(), BUFFER_PA, 100)).isEqualTo(-Errno.EIO);
        assertThat(files.fsync("/f")).isEqualTo(-Errno.EIO);
        assertThat(files.lookup("/f", new FileService.Lookup())).isEqualTo(-Errno.EIO);
        assertThat(files.readlink("/f")).isNull();
        assertThat(files.lastErrno()).isEqualTo(Errno.EIO);
    }

    @Test
    void aNodeThatIsSilentIsGivenUp() {
        ConcurrentLinkedQueue<Incoming> unanswered = new ConcurrentLinkedQueue<>();
        cluster.ibapi(1).registerHandler(RpcPort.STORAGE, "silent", message -> {
            Incoming kept = new Incoming();
            message.moveTo(kept);
            unanswered.add(kept);
        });
        assertEverythingIsEio();
        assertThat(unanswered).isNotEmpty();
    }

    @Test
    void aNodeThatIsNotThereIsAnError() {
        assertEverythingIsEio();
    }

    @Test
    void nonsenseIsAnError() {
        long junkPa = cluster.kernel(1).frames().alloc();
        StatusReply.STATUS.set(cluster.kernel(1).memory().segment(), junkPa, -99_999);
        cluster.ibapi(1).registerHandler(RpcPort.STORAGE, "junk",
                message -> cluster.ibapi(1).replyMessageWithPrivateBits(message, junkPa, Integer.BYTES, 1));
        assertEverythingIsEio();
        StatusReply.STATUS.set(cluster.kernel(1).memory().segment(), junkPa, Integer.MAX_VALUE);
        assertThat(files.write("/f", 0, false, cluster.kernel(0).memory().segment(), BUFFER_PA, 100)).isEqualTo(-Errno.EIO);
        assertThat(files.read("/f", 0, BUFFER_PA, 4096)).isEqualTo(-Errno.EIO);
    }
}
