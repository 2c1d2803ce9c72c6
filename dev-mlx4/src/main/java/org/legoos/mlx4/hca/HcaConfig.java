package org.legoos.mlx4.hca;

/**
 * What distinguishes one card from another.
 *
 * @param nodeGuid the card; port p has GUID nodeGuid + p
 * @param portCount 1 or 2
 * @param boardId at most 16 characters (PSID)
 */
public record HcaConfig(
        String name,
        long nodeGuid,
        int portCount,
        String boardId,
        int fwMajor,
        int fwMinor,
        int fwSubminor) {

    public static final int MSIX_VECTORS = 128;
    public static final int MAX_PORTS = 2;
    private static final long SYSTEM_IMAGE_OFFSET = 3;

    public HcaConfig {
        if (portCount < 1 || portCount > MAX_PORTS) {
            throw new IllegalArgumentException("an HCA has 1 or 2 ports, not " + portCount);
        }
    }

    /** A card with the last public firmware. */
    public static HcaConfig withPorts(String name, long nodeGuid, int portCount) {
        return new HcaConfig(name, nodeGuid, portCount, "MT_JAVA00000001", 2, 42, 5000);
    }

    public static HcaConfig onePort(String name, long nodeGuid) {
        return withPorts(name, nodeGuid, 1);
    }

    public long portGuid(int port) {
        return nodeGuid + port;
    }

    public long systemImageGuid() {
        return nodeGuid + SYSTEM_IMAGE_OFFSET;
    }
}
