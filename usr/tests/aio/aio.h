/* What the tests of asynchronous I/O share: the calls, which C libraries do not have, and requests. */
#ifndef LEGOOS_TESTS_AIO_H
#define LEGOOS_TESTS_AIO_H

#include "tests.h"

#include <linux/aio_abi.h>
#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/uio.h>

static inline int aio_setup(unsigned int events, aio_context_t *context)
{
	return syscall(SYS_io_setup, events, context);
}

static inline int aio_destroy(aio_context_t context)
{
	return syscall(SYS_io_destroy, context);
}

static inline int aio_submit(aio_context_t context, long count, struct iocb **requests)
{
	return syscall(SYS_io_submit, context, count, requests);
}

static inline int aio_submit_one(aio_context_t context, struct iocb *request)
{
	return aio_submit(context, 1, &request);
}

static inline int aio_events(aio_context_t context, long least, long most, struct io_event *events, struct timespec *timeout)
{
	return syscall(SYS_io_getevents, context, least, most, events, timeout);
}

static inline struct iocb aio_request(int operation, int fd, const void *buffer, size_t length, long long offset)
{
	struct iocb request;

	memset(&request, 0, sizeof(request));
	request.aio_lio_opcode = operation;
	request.aio_fildes = fd;
	request.aio_buf = (uintptr_t)buffer;
	request.aio_nbytes = length;
	request.aio_offset = offset;
	request.aio_data = 0x1234;
	return request;
}

static inline aio_context_t aio_context(unsigned int events)
{
	aio_context_t context = 0;

	if (aio_setup(events, &context) != 0)
		check_fatal("io_setup");
	return context;
}

#endif
