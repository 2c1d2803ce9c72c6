package org.legoos.mlx4.prm;

/** Transport services as {@link QpContext#SERVICE_TYPE} holds them. */
public final class ServiceType {
    public static final int RC = 0;
    public static final int UC = 1;
    public static final int UD = 3;
    public static final int XRC = 6;
    /** Software supplies the headers: QP0 and QP1. */
    public static final int MLX = 7;

    private ServiceType() {}
}
