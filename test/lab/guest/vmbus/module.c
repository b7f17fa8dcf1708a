// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
#include <linux/module.h>

#include "lab.h"

static int __init lab_init(void)
{
	int error;

	error = lab_bus_init();
	if (error)
		return error;

	error = lab_adapter_init();
	if (error)
		goto exit_bus;

	error = lab_service_offer();
	if (error)
		goto exit_adapter;

	error = lab_host_device_init();
	if (error)
		goto withdraw_service;

	return 0;

withdraw_service:
	lab_service_withdraw();
exit_adapter:
	lab_adapter_exit();
exit_bus:
	lab_bus_exit();
	return error;
}

static void __exit lab_exit(void)
{
	lab_host_device_exit();
	lab_service_withdraw();
	lab_adapter_exit();
	lab_bus_exit();
}

module_init(lab_init);
module_exit(lab_exit);

MODULE_DESCRIPTION(
	"Stand-in for the Hyper-V VMBus driver, for tests of hv_utils");
MODULE_LICENSE("Dual BSD/GPL");
