"""What people call the fields of a list; programs and files keep the short names."""

_ODD = {
    "email": "E-mail", "sme": "Small or medium", "tin": "Tax number", "parcel_id": "Parcel",
    "situs_address": "Property’s address", "web_form": "Web form", "whatsapp": "WhatsApp",
    "domain": "Website", "line_type": "Kind of line", "role": "Position", "social": "Social page",
    "email_verified": "E-mail is verified", "phone_verified": "Phone is verified",
    "timezone": "Time zone",
}  # fmt: skip


def label_of(field: str) -> str:
    """“parcel_id” → “Parcel”, “owner_name” → “Owner name”; what is no field stays as it is."""
    return _ODD.get(field) or field[:1].upper() + field[1:].replace("_", " ")
