#error "a header of Linux"
