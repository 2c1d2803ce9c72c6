/* The smallest ELF program: no C library, no stack use, two system calls; checks the registers at entry. */
	.globl _start
	.text
_start:
	mov	(%rsp), %rbx		/* argc */
	lea	message(%rip), %rsi
	mov	$length, %edx
	mov	$1, %edi
	mov	$1, %eax		/* write */
	syscall
	lea	40(%rbx), %edi		/* the exit status tells argc */
	mov	$231, %eax		/* exit_group */
	syscall
	ud2

	.section .rodata
message:
	.ascii	"tiny says hello\n"
	.set	length, . - message
	.section .note.GNU-stack, "", @progbits
