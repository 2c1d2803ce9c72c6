package org.legoos.mlx4.fabric;

/**
 * What is wrong with a link, per direction. Rates are in parts per million of packets.
 *
 * @param lossPpm packets that vanish
 * @param duplicatePpm packets that arrive twice, the second time after up to reorderNs
 * @param reorderPpm packets that are held back up to reorderNs while later ones pass
 * @param reorderNs longest time that a reordered packet is held back
 * @param delayNs time that every packet takes
 * @param bitsPerSecond serialisation rate; 0 = infinite
 * @param partitioned nothing passes
 */
public record Impairments(
        int lossPpm,
        int duplicatePpm,
        int reorderPpm,
        long reorderNs,
        long delayNs,
        long bitsPerSecond,
        boolean partitioned) {

    public static final Impairments NONE = new Impairments(0, 0, 0, 0, 0, 0, false);
    public static final Impairments PARTITION = new Impairments(0, 0, 0, 0, 0, 0, true);

    public Impairments {
        if (lossPpm < 0 || duplicatePpm < 0 || reorderPpm < 0 || reorderNs < 0 || delayNs < 0 || bitsPerSecond < 0) {
            throw new IllegalArgumentException("negative impairment");
        }
    }

    /** Loss, duplication and reordering at the same rate. */
    public static Impairments noisy(int ppm, long reorderNs) {
        return new Impairments(ppm, ppm, ppm, reorderNs, 0, 0, false);
    }

    public static Impairments delay(long delayNs) {
        return new Impairments(0, 0, 0, 0, delayNs, 0, false);
    }
}
