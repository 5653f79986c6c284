/* Between a program and its disk and clock, for trials (LD_PRELOAD). SQLite files below a folder are watched: before each
 * write what it overwrites is noted beside the file, and a sync throws the notes away. After a kill whoever plays the notes
 * back has the file as a loss of power would leave it: with everything that was synced, and nothing that was not.
 * A small file that is shared with the trial says whether the disk is full, whether syncs are skipped, and how wrong the clock is. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct control {
    volatile int64_t is_full, skips_sync, wrong_s;
};

static struct control none, *control = &none;
static const char *folder;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_fsync)(int), (*real_truncate)(int, off64_t), (*real_clock)(clockid_t, struct timespec *);

static void find(void)
{
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_clock = dlsym(RTLD_NEXT, "clock_gettime");
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("AIBMS_FAULTS");
    int fd;
    find();
    folder = getenv("AIBMS_FAULT_FOLDER");
    if (path == NULL || (fd = open(path, O_RDONLY)) < 0) return;
    void *shared = mmap(NULL, sizeof none, PROT_READ, MAP_SHARED, fd, 0);
    if (shared != MAP_FAILED) control = shared;
    close(fd);
}

/* The notes of a watched file; 0 where it is none. */
static int notes_of(int fd, char *notes, size_t size)
{
    char link[64], path[1024];
    ssize_t length;
    if (folder == NULL) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if ((length = readlink(link, path, sizeof path - 1)) <= 0) return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    if (strcmp(path + length - 3, ".db") != 0 && (length < 7 || strcmp(path + length - 7, ".db-wal") != 0)) return 0;
    return snprintf(notes, size, "%s.notes", path) < (int)size;
}

static void note(int fd, const char *notes, off64_t at, size_t count)
{
    struct stat64 now;
    int out = open(notes, O_WRONLY | O_CREAT | O_APPEND, 0600);
    char *old = malloc(count + 1);
    ssize_t had = 0;
    if (out < 0 || old == NULL || fstat64(fd, &now) != 0) abort();
    if (at < now.st_size) had = pread64(fd, old, at + (off64_t)count > now.st_size ? (size_t)(now.st_size - at) : count, at);
    int64_t head[3] = {at, had, now.st_size};
    if (had < 0 || write(out, head, sizeof head) != sizeof head || write(out, old, (size_t)had) != had) abort();
    free(old);
    close(out);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    char notes[1100];
    if (real_pwrite == NULL) find();
    if (!notes_of(fd, notes, sizeof notes)) return real_pwrite(fd, bytes, count, at);
    if (control->is_full) {
        errno = ENOSPC;
        return -1;
    }

    pthread_mutex_lock(&lock);
    note(fd, notes, at, count);
    ssize_t written = real_pwrite(fd, bytes, count, at);
    pthread_mutex_unlock(&lock);
    return written;
}

int ftruncate64(int fd, off64_t size)
{
    char notes[1100];
    struct stat64 now;
    if (real_truncate == NULL) find();
    if (!notes_of(fd, notes, sizeof notes)) return real_truncate(fd, size);
    pthread_mutex_lock(&lock);
    if (fstat64(fd, &now) == 0) note(fd, notes, size, now.st_size > size ? (size_t)(now.st_size - size) : 0);
    int result = real_truncate(fd, size);
    pthread_mutex_unlock(&lock);
    return result;
}

int fsync(int fd)
{
    char notes[1100];
    if (real_fsync == NULL) find();
    if (!notes_of(fd, notes, sizeof notes)) return real_fsync(fd);
    if (control->skips_sync) return 0;
    pthread_mutex_lock(&lock);
    unlink(notes);
    pthread_mutex_unlock(&lock);
    return 0;
}

int clock_gettime(clockid_t which, struct timespec *now)
{
    if (real_clock == NULL) find();
    int result = real_clock(which, now);
    if (result == 0 && which == CLOCK_REALTIME) now->tv_sec += control->wrong_s;
    return result;
}
