// Files, directories, links, descriptors: every result is printed and must be as on Linux.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/eventfd.h>
#include <unistd.h>
#define P(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ < 0 ? strerror(errno) : ""); } while (0)
static int name(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
int main(int argc, char **argv) {
    char b[8192]; struct stat st;
    char dir[] = "/tmp/legoXXXXXX";
    if (!mkdtemp(dir)) return 1;
    if (chdir(dir)) return 2;
    umask(022);
    P(open("none", O_RDONLY)); P(open("a", O_CREAT | O_RDWR | O_EXCL, 0666)); P(open("a", O_CREAT | O_EXCL | O_RDWR, 0666));
    P(write(3, "hello world", 11)); P(lseek(3, 0, SEEK_CUR)); P(lseek(3, -5, SEEK_END)); P(read(3, b, 100)); printf("%.5s\n", b);
    P(pread(3, b, 5, 0)); P(pwrite(3, "J", 1, 0)); P(lseek(3, -100, SEEK_SET)); P(lseek(3, 0, 77));
    P(fstat(3, &st)); printf("%o %ld %ld\n", st.st_mode, (long)st.st_size, (long)st.st_nlink);
    P(ftruncate(3, 4000)); P(fstat(3, &st)); printf("%ld\n", (long)st.st_size); P(ftruncate(3, 5)); P(ftruncate(3, -1));
    P(mkdir("d", 0777)); P(mkdir("d", 0777)); P(mkdir("d/e/f", 0777)); P(rmdir("none")); P(mkdir("d/e", 0700)); P(rmdir("d"));
    P(symlink("a", "l")); P(symlink("loop2", "loop1")); P(symlink("loop1", "loop2")); P(readlink("l", b, 100)); P(readlink("a", b, 100));
    P(stat("l", &st)); P(S_ISREG(st.st_mode)); P(lstat("l", &st)); P(S_ISLNK(st.st_mode)); P(stat("loop1", &st)); P(open("l", O_NOFOLLOW));
    P(symlink("../d/e", "d/back")); P(stat("d/back/../e/../../l", &st)); P(stat("a/", &st)); P(stat("d/", &st)); P(stat("a/x", &st));
    P(link("a", "hard")); P(stat("a", &st)); printf("%ld\n", (long)st.st_nlink); P(link("d", "hd")); P(unlink("d")); P(unlink("hard")); P(unlink("hard"));
    P(rename("a", "b")); P(rename("a", "b")); P(rename("b", "d")); P(rename("d", "b")); P(rename("d", "d/e/x")); P(access("b", R_OK | W_OK)); P(access("zz", F_OK));
    P(chmod("b", 0400)); P(stat("b", &st)); printf("%o\n", st.st_mode); P(chdir("d")); P(!!strstr(getcwd(b, 4096), "/d")); P(chdir("../b")); P(chdir("none")); P(chdir(".."));
    P(open("d", O_WRONLY)); P(open("d", O_RDONLY | O_DIRECTORY)); P(open("b", O_RDONLY | O_DIRECTORY)); P(read(4, b, 10)); P(openat(4, "e", O_RDONLY)); P(openat(3, "e", O_RDONLY)); P(close(5)); P(close(4)); P(close(4));
    P(dup(3)); P(dup2(3, 10)); P(dup2(3, 3)); P(dup2(77, 3)); P(fcntl(10, F_GETFD)); P(fcntl(10, F_SETFD, FD_CLOEXEC)); P(fcntl(10, F_GETFD)); P(fcntl(3, F_DUPFD, 20)); P(fcntl(3, F_GETFL) & ~O_LARGEFILE); P(dup3(3, 3, 0));
    P(fcntl(3, F_SETFL, O_APPEND)); P(lseek(3, 0, SEEK_SET)); P(write(3, "XYZ", 3)); P(lseek(3, 0, SEEK_CUR)); P(fstat(3, &st)); printf("%ld\n", (long)st.st_size);
    struct iovec v[3] = {{"ab", 2}, {0, 0}, {"cde", 3}}; P(writev(3, v, 3)); P(writev(3, v, -1)); P(readv(3, v, 2000));
    P(pread(3, b, 100, 0)); printf("%.13s\n", b);
    int p[2]; P(pipe(p)); P(write(p[1], "pipe", 4)); P(ioctl(p[0], FIONREAD, b)); printf("%d\n", *(int *)b); P(read(p[0], b, 100)); P(lseek(p[0], 0, SEEK_SET));
    fcntl(p[0], F_SETFL, O_NONBLOCK); P(read(p[0], b, 1)); struct pollfd f[2] = {{p[0], POLLIN}, {p[1], POLLOUT}}; P(poll(f, 2, 0)); printf("%d %d\n", f[0].revents, f[1].revents);
    fcntl(p[1], F_SETFL, O_NONBLOCK); memset(b, 'x', sizeof b); long n = 0, r; while ((r = write(p[1], b, sizeof b)) > 0) n += r; printf("pipe holds %ld\n", n); P(fcntl(p[0], F_GETPIPE_SZ));
    P(close(p[1])); n = 0; while ((r = read(p[0], b, sizeof b)) > 0) n += r; printf("drained %ld %ld\n", n, r); P(poll(f, 1, 0)); printf("%d\n", f[0].revents);
    P(read(-1, b, 1)); P(read(3, (char *)8, 4)); P(write(3, (char *)8, 4)); P(write(1, b, (size_t)-1 >> 1 | 1ul << 63)); P(open((char *)8, 0)); P(stat("b", (void *)8)); P(open("", 0));
    memset(b, 'n', 300); b[300] = 0; P(open(b, O_CREAT, 0600)); 
    char *big = malloc(5000); memset(big, '/', 4999); big[4999] = 0; P(open(big, 0));
    P(mkdir("many", 0755)); for (int i = 0; i < 100; i++) { sprintf(b, "many/file%02d", i); close(open(b, O_CREAT | O_WRONLY, 0644)); }
    DIR *dp = opendir("many"); struct dirent *e; char *names[200]; int k = 0; while ((e = readdir(dp))) names[k++] = strdup(e->d_name); closedir(dp);
    qsort(names, k, sizeof *names, name); printf("%d %s %s %s %s\n", k, names[0], names[1], names[2], names[k - 1]); P(rmdir("many"));
    P(open("/dev/null", O_RDWR)); P(open("/dev/zero", O_RDONLY)); P(open("/dev/full", O_WRONLY));
    int z = open("/dev/zero", O_RDONLY), u = open("/dev/full", O_WRONLY); b[5] = 7; P(read(z, b, 10)); P(b[5]); P(write(u, b, 1)); P(open("/proc/self/none", 0)); P(open("/dev/none", 0));
    int c = open("copy", O_CREAT | O_RDWR, 0600); int src = open("b", O_RDONLY); P(sendfile(c, src, 0, 100)); P(lseek(c, 0, SEEK_CUR)); off_t off = 2; P(sendfile(c, src, &off, 3)); printf("%ld\n", (long)off);
    loff_t o1 = 0, o2 = 50; P(copy_file_range(src, &o1, c, &o2, 4, 0)); P(fstat(c, &st)); printf("%ld\n", (long)st.st_size); P(posix_fallocate(c, 0, 9000)); P(fstat(c, &st)); printf("%ld\n", (long)st.st_size);
    struct timespec ts[2] = {{1000, 5}, {2000, 6}}; P(futimens(c, ts)); P(fstat(c, &st)); printf("%ld %ld\n", (long)st.st_mtim.tv_sec, (long)st.st_atim.tv_nsec);
    struct statx sx; P(statx(AT_FDCWD, "copy", 0, STATX_ALL, &sx)); printf("%lld %o\n", (long long)sx.stx_size, sx.stx_mode);
    int ev = eventfd(3, EFD_NONBLOCK); long ec; P(read(ev, &ec, 8)); P(ec); P(read(ev, &ec, 8)); P(write(ev, b, 4));
    char *m = mmap(0, 4096, PROT_READ, MAP_PRIVATE, src, 0); printf("%.5s\n", m); P(mmap(0, 4096, PROT_READ, MAP_PRIVATE, 999, 0)); P(mmap(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)); P(munmap((void *)4097, 10));
    int t = open("gone", O_CREAT | O_RDWR, 0600); write(t, "still here", 10); P(unlink("gone")); P(fstat(t, &st)); P(st.st_nlink); P(pread(t, b, 20, 0)); P(access("gone", F_OK)); close(t);
    t = open("over", O_CREAT | O_RDWR, 0600); write(t, "old", 3); P(rename("copy", "over")); P(pread(t, b, 20, 0)); P(lseek(c, 0, SEEK_END)); close(t);
    fd_set rs; FD_ZERO(&rs); struct timeval tv = {0, 0}; P(select(1, 0, 0, 0, &tv)); FD_SET(500, &rs); P(select(501, &rs, 0, 0, &tv));
    return 0;
}
