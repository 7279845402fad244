//! SD-JWT VC: issue, present, inspect; Token Status List; type metadata.
