"""The smallest model: x + x. It makes the libraries read what they want before the doors are locked."""

WARM_UP = bytes.fromhex(
    "080812003a350a0e0a01780a017812017922034164641201675a0f0a0178120a0a08080112040a020802620f0a0179120a0a0808011204"
    "0a02080242040a00100d"
)
