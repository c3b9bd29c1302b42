"""stub"""
def plant(planted, width):
    pass
